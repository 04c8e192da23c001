"""What a plan looks like outside the program: a workbook, calendars, a page."""
