"""All questions of the survey."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from troubleshooter.survey import home_questions, sharepoint_questions
from troubleshooter.survey.question import Question

QUESTIONS: Mapping[str, Question] = MappingProxyType(
    {one.id: one for one in (*home_questions.QUESTIONS, *sharepoint_questions.QUESTIONS)}
)
"""Every question by its id, in the order of the walk."""
