from collections.abc import Sequence
from datetime import datetime
from functools import cached_property
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone


class Council(models.Model):
    """A principal council of the United Kingdom, from people/data/councils.csv."""

    slug = models.SlugField(max_length=100, unique=True)
    name = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=20)
    nation = models.CharField(max_length=20)
    aliases = models.CharField(max_length=500, blank=True, help_text="Other names people type, separated by |.")
    abolished_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class PersonManager(BaseUserManager["Person"]):
    def get_by_natural_key(self, email: str | None) -> "Person":
        return self.get(email__iexact=email)

    def known_as(self, email: str) -> "Person | None":
        """The person with this address, however it is capitalised."""
        return self.filter(email__iexact=email.strip()).first()

    def still_named(self) -> "models.QuerySet[Person]":
        """Everybody but who left or was forgotten."""
        return self.filter(left_at=None).exclude(email__endswith="@invalid")

    def write_down(self, people: "Sequence[Person]") -> None:
        """Keep those whose address nobody has yet; with so many at once, look the rows up afterwards."""
        for person in people:
            person.email = person.email.lower()
            person.set_unusable_password()
        self.bulk_create(people, batch_size=500, ignore_conflicts=True)

    def create_user(self, email: str, **fields: Any) -> "Person":
        fields.pop("password", None)  # nobody has a password here
        person = self.model(email=email.strip(), **fields)
        person.set_unusable_password()
        person.save(using=self._db)
        return person

    def create_superuser(self, email: str, **fields: Any) -> "Person":
        person = self.create_user(email, **fields)
        person.grants.create(role=Role.ADMINISTRATOR)
        return person


class Role(models.TextChoices):
    ADMINISTRATOR = "administrator", "administrator"
    ORGANISER = "organiser", "organiser"
    COORDINATOR = "coordinator", "coordinator"


class Person(AbstractBaseUser):
    """Somebody with an e-mail address, a guest or one who signs in with a code. The address is the name.

    It is kept in small letters: whoever signs in is looked for that way.
    """

    email = models.EmailField("email address", max_length=254)
    name = models.CharField(max_length=150, blank=True)
    council = models.ForeignKey(Council, models.SET_NULL, null=True, blank=True)
    organisation = models.CharField(max_length=150, blank=True, help_text="When it is not one of the councils.")
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=timezone.now)
    left_at = models.DateTimeField(null=True, blank=True, help_text="When they left and their details were removed.")

    objects = PersonManager()

    USERNAME_FIELD = EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name_plural = "people"
        ordering = ("name", "pk")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="people_person_email",
                violation_error_message="Somebody with this email address is known already.",
            )
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.email = self.email.lower()
        super().save(*args, **kwargs)

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.split(" ")[0] if self.name else self.email

    @property
    def works_at(self) -> str:
        return self.council.name if self.council else self.organisation

    @cached_property
    def roles(self) -> frozenset[str]:
        return frozenset(self.grants.values_list("role", flat=True))

    def has_role(self, role: str) -> bool:
        """Whether this role was given to them; an administrator has every role."""
        return self.is_active and (role in self.roles or Role.ADMINISTRATOR in self.roles)

    @property
    def is_administrator(self) -> bool:
        return self.has_role(Role.ADMINISTRATOR)

    @property
    def is_organiser(self) -> bool:
        return self.has_role(Role.ORGANISER)

    # What Django's admin asks.
    @property
    def is_staff(self) -> bool:
        return self.is_administrator

    def has_perm(self, perm: str, obj: object = None) -> bool:
        return self.is_administrator

    def has_perms(self, perms: list[str], obj: object = None) -> bool:
        return self.is_administrator

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_administrator


class RoleGrant(models.Model):
    """A role somebody has, who gave it and when."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="grants")
    role = models.CharField(max_length=20, choices=Role)
    granted_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    granted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "role"
        constraints = [models.UniqueConstraint(fields=["person", "role"], name="people_rolegrant_once")]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_role_display()}"


class Consent(models.Model):
    """What somebody agreed to, in the words they saw, with the version of those words."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=60)
    version = models.PositiveSmallIntegerField()
    wording = models.TextField()
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-given_at",)
        constraints = [
            models.UniqueConstraint(
                fields=["person", "purpose", "version"],
                condition=models.Q(withdrawn_at=None),
                name="people_consent_one_standing",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.purpose} (version {self.version})"

    def withdraw(self, now: datetime) -> None:
        self.withdrawn_at = now
        self.save(update_fields=["withdrawn_at"])


class Preference(models.Model):
    """Whether somebody wants a kind of message that is not strictly about a place they hold."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="preferences")
    topic = models.CharField(max_length=60)
    wanted = models.BooleanField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "topic"], name="people_preference_once")]

    def __str__(self) -> str:
        return f"{self.person}: {self.topic} {'yes' if self.wanted else 'no'}"


class Removal(models.Model):
    """That an administrator removed what we held about somebody who asked for it. Who it was is only a number."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="removal")
    removed_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    removed_at = models.DateTimeField()
    reason = models.CharField(max_length=500)

    class Meta:
        ordering = ("-removed_at", "-pk")
        constraints = [models.CheckConstraint(condition=~models.Q(reason=""), name="people_removal_reason")]

    def __str__(self) -> str:
        return f"Person {self.person_id} was removed"
