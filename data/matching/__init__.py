"""Other bodies' papers beside our tables: which unit a written name means, which days a phrase means."""
