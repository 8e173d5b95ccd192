"""Marketplace policies as versioned data.

An edition (``taobao-2012``) is one TOML file under ``domain/policies``; each of its values says which rule it
comes from and whether that was verified, and what it does not hold it takes from its ``base``. A case keeps the
edition it was opened under, and an edition never changes once a case uses it: a new one is added.
"""

from domain.errors import UnknownPolicy
from domain.policy.citations import Cited, is_reference
from domain.policy.editions import (
    Editions,
    all_values,
    check_edition,
    current_policy,
    intercept_terms,
    own_values,
    policies,
    policy,
    register,
)
from domain.policy.errors import PolicyError, PolicyProblem
from domain.policy.loading import load_policy
from domain.policy.model import InterceptTerms, Platform, Policy, PolicyTerms, leaves
from domain.policy.values import Duration

__all__ = [
    "Cited",
    "Duration",
    "Editions",
    "InterceptTerms",
    "Platform",
    "Policy",
    "PolicyError",
    "PolicyProblem",
    "PolicyTerms",
    "UnknownPolicy",
    "all_values",
    "check_edition",
    "current_policy",
    "intercept_terms",
    "is_reference",
    "leaves",
    "load_policy",
    "own_values",
    "policies",
    "policy",
    "register",
]
