"""Words: finding code → headline, meaning, actions; questions; letters; languages."""
