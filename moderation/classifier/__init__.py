"""The filter that learns: a comment's features, a frozen prior, what this site's moderators taught, and the reasons.

Pure: no Django, no settings, no clock, no chance. `features` turns evidence into hashed numbers, `prior` is what ships
with the product, `learner` is what the site adds on top of it, `explain` says why a comment has its score.
"""
