"""From single articles to the newsletter as a whole: a frozen Site in which all is resolved."""
