"""How many goals stay uncovered at least, whoever is paired with whom: a bound from mentors' places alone."""

import numpy as np

from networking.match_goals import Indices, Question
from networking.match_programme import Programme, matrix
from networking.match_scores import Mask


def uncovered_at_least(question: Question) -> int:
    """0 where it cannot be worked out. Mentors with the same skills, open to the same cohorts, count as one."""
    kinds, places = _kinds(question)
    skills = kinds[:, : len(question.holders)]
    cohort, kind = np.nonzero(_useful(question, skills) & kinds[:, len(question.holders) :].T)
    goals, through = question.reaching(cohort, kind, skills.T)
    presences, all_goals = np.arange(len(cohort)), np.arange(len(question.goals))
    slack = len(cohort) + all_goals
    programme = Programme(
        costs=np.repeat([0.0, 1.0], [len(cohort), len(slack)]),
        most=np.ones(len(cohort) + len(slack)),
        whole=np.arange(len(cohort) + len(slack)) < len(cohort),
        limited=matrix(
            len(places) + len(slack),
            len(cohort) + len(slack),
            [
                (kind, presences, 1.0),
                (len(places) + goals, through, -1.0),
                (len(places) + all_goals, slack, -1.0),
            ],
        ),
        limits=np.concatenate([places, -np.ones(len(slack))]).astype(np.float64),
    )
    values, is_proven = programme.solved(any_will_do=False)
    return round(float(programme.costs @ values)) if values is not None and is_proven else 0


def _kinds(question: Question) -> tuple[Mask, Indices]:
    """Each kind of mentor, by goals' skills and then by cohorts, and all places of the kind."""
    within = np.stack([question.open[rows].any(axis=0) for rows in question.rows_of])
    kinds, kind = np.unique(np.concatenate([question.holders, within]).T, axis=0, return_inverse=True)
    return kinds, np.bincount(kind.ravel(), weights=question.table.places, minlength=len(kinds)).astype(np.intp)


def _useful(question: Question, skills: Mask) -> Mask:
    useful = np.zeros((len(question.rows_of), len(skills)), dtype=np.bool_)
    np.logical_or.at(useful, question.goal_cohort, skills.T)
    return useful
