"""The report as an HTML file, and the page that the PDF is printed from. The only door to jinja2."""
