"""Word lists by language, as plain text, and the one module that loads them.

Imports nothing else of the package.

A file is named after its language, a BCP 47 tag: ``fr.txt``. It is UTF-8. Words stand under headings, separated by commas
or line breaks; a line that begins with ``#`` is a comment::

    # French words.

    [months]
    janvier, février, mars

    # The end of the word before the apostrophe is dropped.
    [elisions]
    l', d'

Each heading has one use; which, and how to add a word, is told in ``docs/words.md``.

=======================  ===============================================================  ======================
heading                  words                                                            used by
=======================  ===============================================================  ======================
``[function words]``     articles, prepositions, conjunctions                             ``repeated_titles``
``[frequent words]``     the words by which a line's language is told                     ``punctuation``
``[elisions]``           short forms before an apostrophe: ``l'``                         ``punctuation``
``[spaced guillemets]``  words of a language that sets a space inside ``« »``             ``entities``
``[negations]``          words that deny, or say that a claim is false or checked         ``repeated_titles``
``[abbreviations]``      abbreviations, with their stop                                   ``punctuation``
``[titles of persons]``   titles before a name, without a stop: ``Mrs``                    ``characters``
``[and]``                the word for an ampersand                                        ``entities``
``[contractions]``       short forms behind an apostrophe: ``'s``                         ``entities``
``[markup words]``       words that tell that a sentence is about HTML                    ``entities``
``[mentioning words]``   words before a character reference that is shown to the reader   ``entities``
``[mojibake words]``     words of a line that shows misread text on purpose               ``mojibake``
``[months]``             names of months                                                  ``{date}`` in phrases
``[weekdays]``           names of weekdays, and today and yesterday                       ``{date}`` in phrases
``[date words]``         words between the parts of a date                                ``{date}`` in phrases
``[date units]``         Chinese, Japanese and Korean units behind a number: ``年``       ``{date}`` in phrases
``[number words]``       short words for thousands and millions                           ``{n}`` in phrases
``[truncation units]``   what ``[+1591 chars]`` counts                                    ``truncations``
``[lost apostrophes]``   words that are no others without their apostrophe                ``lost_apostrophes``
``[credit words]``       what a picture credit begins with                                ``credits``
``[credit endings]``     what may stand behind the agency of a credit                     ``credits``
``[reporting words]``    what a credit of reporters or editors begins with                ``credits``
``[byline words]``       what a byline before a dateline begins with                      ``datelines``
``[desks]``              agencies and desks in brackets behind a place                    ``datelines``
``[dateline places]``    towns that datelines name without an agency                      ``datelines``
``[calls]``              calls to follow or read on, credits and notices of rights        ``site_sentences``
=======================  ===============================================================  ======================
"""
