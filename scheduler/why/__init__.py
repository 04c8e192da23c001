"""Why a plan is as it is: answers reckoned from the model, one noun a file."""
