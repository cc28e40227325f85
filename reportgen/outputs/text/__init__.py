"""The texts of a report in the reader's language; this package knows neither places nor sizes."""
