"""The intake: one section at a time, the client's language first, saved after every answer. Layer: ui.

Names of widgets, for hands and scripts (refs are the form's own, positions on rows only):

========================  =====================================================
``section:<name>``        a section in the side list
``answer:<ref>``          the field an answer is typed into
``choice:<ref>:<value>``  one choice of a question
``said:<ref>``            the menu "does not know / prefers not to say"
``add:<ref>``             adds a row to a repeat (also ``add_row`` in the footer)
``row:<ref>``             opens a row; ``remove:<ref>`` removes it
``next``                  goes to the next section
``missing:<ref>``         a line of "Still missing", jumps there
========================  =====================================================
"""
