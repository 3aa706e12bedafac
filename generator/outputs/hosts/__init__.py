"""Files by which web hosts serve the site well: headers, redirects, types; one module a dialect."""
