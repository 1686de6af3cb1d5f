"""Questions that help to fill a section: how and what, never who is to blame.

Our own words, after the questions by which Klein and Dekker let people tell what they saw: cues,
what was known before, aims, how the situation was read, what was done, who helped, how the work
usually goes.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reviews.choices import Letter

QUESTIONS: dict[str, tuple[Promise, ...]] = {
    Letter.A: (
        _("What does this review look at, and what does it leave out? Say why."),
        _("Which bodies had a part on the day? Which of them were asked here, and which came?"),
        _("What was asked for and did not come? An empty drawer is worth a line."),
        _("Could somebody outside the chain under review put the questions?"),
    ),
    Letter.B: (
        _("What did plan, order or habit call for on such a day?"),
        _("What had been received before: alerts, letters, calls? What was done with each?"),
        _("What was the aim that day, and what was given up to reach it?"),
        _("With which people, vehicles and equipment was it to be done?"),
        _("Which decision lay with which post? Where did two posts each think it was the other’s?"),
    ),
    Letter.C: (
        _("What did they have to know, carry and pass to get there?"),
        _("Which signs of watching or preparing can be seen now? How did they look at the time?"),
        _("Which parts must somebody have played? Which of them are still open?"),
        _("Who says so, and how sure is it? An allegation stays an allegation."),
    ),
    Letter.D: (
        _("What was seen, heard or read at that moment, and by which post?"),
        _("How did the situation look from there? What did people take it to be?"),
        _("What was done, what was told, to whom, and when did it arrive?"),
        _("Where two accounts differ, write both. Where no time is known, leave it empty."),
    ),
    Letter.E: (
        _("What made the thing that was done look right at the time?"),
        _("What helped? What would help the next crew to do the same?"),
        _("What was missing: word, rule, people, equipment, time? How is this work usually done?"),
        _("What shows it? Would less harm have come of it, had it held?"),
        _("What went well only by luck? That is a gap too."),
    ),
    Letter.F: (
        _("What would have to be different before the next such day?"),
        _("Which one post can do it, or order it? Who has to help, and with what?"),
        _("What will be seen or counted when it is done?"),
        _("What has been put right already? Give the day."),
    ),
    Letter.G: (
        _("How did families learn of it, from which post, and how long did they wait?"),
        _("How were the dead identified and handed over? What slowed it down?"),
        _("What was announced, and what has arrived? Give figures as reported, with their source."),
        _("Who keeps in touch with the families now? No victim is named here."),
    ),
    Letter.H: (
        _("What was registered, where and when? Numbers and days, no names."),
        _("What was sent for examination, and when did the report come back?"),
        _("What is waiting, on what, and since when?"),
        _("What has a court said? Until it speaks, nobody is guilty here."),
    ),
    Letter.I: (
        _("Which passage do you see differently? Say what you saw, and from where."),
        _("Is it a fact, a judgement or a remedy that you dispute?"),
        _("What could settle it: a record, a time, somebody who was not heard?"),
    ),
    Letter.J: (
        _("Does each finding say what shows it?"),
        _("Would the people who were there know their day again in it?"),
        _("Is anything here that points at a person instead of at the work?"),
        _("Who needs to read it before the next such day?"),
    ),
}


def of(letter: str) -> tuple[Promise, ...]:
    """The questions beside a section; none where no section is open."""
    return QUESTIONS.get(letter, ())
