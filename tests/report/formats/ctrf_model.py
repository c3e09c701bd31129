"""What CTRF 1.0 allows in the parts that the product writes, as strict models: an unknown field is an error."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

Status = Literal["passed", "failed", "skipped", "pending", "other"]
Text = Annotated[str, Field(min_length=1)]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class Tool(Strict):
    name: Text
    version: str


class Counts(Strict):
    tests: int
    passed: int
    failed: int
    skipped: int
    pending: int
    other: int
    flaky: int
    start: int
    stop: int
    duration: int


class Attachment(Strict):
    name: str
    contentType: str
    path: str


class Test(Strict):
    __test__ = False

    id: Annotated[UUID, Field(strict=False)]
    name: Text
    status: Status
    duration: int
    start: int | None = None
    stop: int | None = None
    suite: Annotated[list[str], Field(min_length=1)]
    message: str | None = None
    trace: str | None = None
    rawStatus: str
    tags: list[str] = []
    type: str
    retries: int | None = None
    flaky: bool = False
    stdout: list[str] = []
    attachments: list[Attachment] = []
    extra: dict[str, Any] = {}


class Environment(Strict):
    reportName: str
    appName: str
    testEnvironment: str | None = None
    healthy: bool


class Results(Strict):
    tool: Tool
    summary: Counts
    tests: list[Test]
    environment: Environment
    extra: dict[str, Any]


class Baseline(Strict):
    reportId: Annotated[UUID, Field(strict=False)]
    source: str
    extra: dict[str, Any]


class Report(Strict):
    reportFormat: Literal["CTRF"]
    specVersion: Annotated[str, Field(pattern=r"^\d+\.\d+\.\d+$")]
    reportId: Annotated[UUID, Field(strict=False)]
    timestamp: str
    generatedBy: str
    results: Results
    baseline: Baseline | None = None
