"""How the desk looks: one palette, one type scale, one style sheet. Layer: ui.

Colours have names here and nowhere else have they values. A widget asks for a *kind* (a Qt property
such as ``kind="primary"``) and the style sheet, made from the tokens, does the rest; what a style
sheet cannot draw (marks, icons, the focus ring) is painted from the same tokens.
"""
