"""A pipeline as data: plain dictionaries, lists, texts and numbers, as JSON and TOML have them.

The keys of a spec, all of them optional:

- ``preset``: ``"news"``, ``"repair"``, ``"article"`` or ``"corpus"``; or ``stages``: lists of names of filters, one for each stage.
- ``only``, ``without``: lists of names.
- ``options``: for the name of a filter, its options by name.
- ``patterns``: for the name of a filter of :func:`cleanmedia.replaces`, its ``pattern`` and ``new``.
- ``max_loss``: see :meth:`cleanmedia.Pipeline.guard`.
"""

import json
from collections.abc import Mapping, Sequence
from importlib import import_module
from os import PathLike
from typing import Any

from cleanmedia.core.filter import AnyFilter, Filter, replaces
from cleanmedia.core.hints import did_you_mean
from cleanmedia.core.pipeline import Pipeline

__all__ = ["from_file", "pipeline_of", "provenance", "spec_of"]

# Pipelines import this module, and filters are built on pipelines. By import statements, mypy would take filters for modules.
filters: Any = import_module("cleanmedia.filters")
PRESETS: dict[str, Pipeline] = import_module("cleanmedia.presets").PRESETS

_KEYS = ("preset", "stages", "only", "without", "options", "patterns", "max_loss")


def spec_of(pipeline: Pipeline) -> dict[str, Any]:
    """Return a pipeline as data. See :meth:`cleanmedia.Pipeline.spec`."""
    options: dict[str, Any] = {}
    patterns: dict[str, Any] = {}
    names = [each.name for each in pipeline.filters]
    for each in pipeline.filters:
        if names.count(each.name) > 1:
            raise ValueError(f"{each.name} is in the pipeline twice; a spec names each filter once")
        known = getattr(filters, each.name, None) if each.name in filters.__all__ else None
        made = each.made_by_pattern
        if made is not None and known is None:
            patterns[each.name] = {"pattern": made[1], "new": made[2]}
        elif known is None or (known(**each.options) if each.options else known) != each:
            raise ValueError(
                f"{each.name} is a filter of your own; a spec can name the filters of the package, and those made by replaces()"
            )
        if each.options:
            options[each.name] = {name: _plain(each.name, value) for name, value in each.options.items()}
    spec: dict[str, Any] = {"stages": [[each.name for each in stage] for stage in pipeline.stages]}
    spec |= {key: value for key, value in (("options", options), ("patterns", patterns)) if value}
    return spec if pipeline.max_loss == 1 else {**spec, "max_loss": pipeline.max_loss}


def pipeline_of(spec: Mapping[str, Any]) -> Pipeline:
    """Return the pipeline that a spec describes. See :meth:`cleanmedia.Pipeline.of`."""
    if not isinstance(spec, Mapping):
        hint = f"; a preset is named by {{'preset': {spec!r}}}" if isinstance(spec, str) else ""
        raise TypeError(f"a pipeline's spec is a mapping, such as a dict, not {spec!r}{hint}")
    _check_keys(spec, _KEYS, "a pipeline's spec")
    if "preset" in spec and "stages" in spec:
        raise ValueError("a spec has a preset or stages, not both")
    if "patterns" in spec and "stages" not in spec:
        raise ValueError("patterns are filters, which stages have to name")
    made = _stages(spec) if "stages" in spec else _preset(spec.get("preset", "news"))
    if "only" in spec:
        made = made.only(*_names(spec, "only"))
    if "without" in spec:
        made = made.without(*_names(spec, "without"))
    for name, options in _table(spec, "options").items():
        if name not in made:
            raise ValueError(f"options for {name!r}, which is not in the pipeline{did_you_mean(name, _named(made))}")
        for option, value in _table({name: options}, name).items():
            _check_value(made[name], option, value)
        try:
            made = made.replace(made[name](**options))
        except TypeError as error:
            raise ValueError(str(error)) from None
    if "max_loss" not in spec:
        return made
    if not isinstance(spec["max_loss"], int | float):
        raise ValueError(f"max_loss is {spec['max_loss']!r}; it is a number from 0 to 1")
    return made.guard(spec["max_loss"])


def provenance(pipeline: Pipeline, names: Mapping[str, str] = {}) -> dict[str, Any]:  # it is not changed
    """Return what a data set's card should say: the version of cleanmedia, the pipeline's spec and its SHA-256.

    The digest is that of the spec as JSON with sorted keys and without spaces. ``names`` has other names for paths in it, such as
    those of temporary files. Raises ValueError as :func:`spec_of` does.

    >>> from cleanmedia import REPAIR
    >>> sorted(provenance(REPAIR))
    ['pipeline', 'sha256', 'version']
    """
    from hashlib import sha256

    spec = _renamed(spec_of(pipeline), names)
    digest = sha256(json.dumps(spec, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
    return {"version": import_module("cleanmedia").__version__, "sha256": digest, "pipeline": spec}


def _renamed(value: Any, names: Mapping[str, str]) -> Any:
    if isinstance(value, dict):
        return {key: _renamed(each, names) for key, each in value.items()}
    if isinstance(value, list):
        return [_renamed(each, names) for each in value]
    return names.get(value, value) if isinstance(value, str) else value


def from_file(path: str) -> Pipeline:
    """Return the pipeline of a TOML or JSON file; that of ``pyproject.toml`` is its table ``tool.cleanmedia``.

    Raises:
        OSError: the file cannot be read.
        ValueError: it is not TOML or JSON, or not the spec of a pipeline.
    """
    import tomllib

    with open(path, "rb") as file:
        data = file.read()
    try:
        spec = json.loads(data) if path.lower().endswith(".json") else tomllib.loads(data.decode("utf-8"))
        if path.replace("\\", "/").rpartition("/")[2] == "pyproject.toml":
            spec = spec.get("tool", {}).get("cleanmedia")
            if spec is None:
                raise ValueError("there is no table [tool.cleanmedia]")
        if isinstance(spec, dict) and spec.keys() == {"version", "sha256", "pipeline"}:
            spec = spec["pipeline"]  # as provenance() has it
        if not isinstance(spec, dict):
            raise ValueError("a pipeline's spec is an object, or a table")
        return pipeline_of(spec)
    except ValueError as error:
        raise ValueError(f"{path}: {error}") from None
    except RecursionError:
        raise ValueError(f"{path}: it is nested too deeply") from None


def _preset(name: object) -> Pipeline:
    if not isinstance(name, str) or name.lower() not in PRESETS:
        raise ValueError(f"no preset {name!r}; there are {', '.join(PRESETS)}{did_you_mean(str(name), PRESETS)}")
    return PRESETS[name.lower()]


def _stages(spec: Mapping[str, Any]) -> Pipeline:
    patterns = {}
    for name, values in _table(spec, "patterns").items():
        _check_keys(_table({name: values}, name), ("pattern", "new"), f"the pattern {name!r}")
        if not all(isinstance(values.get(key), str) for key in ("pattern", "new")):
            raise ValueError(f"the pattern {name!r} needs the texts pattern and new")
        try:
            patterns[name] = replaces(name, values["pattern"], values["new"])
        except Exception as error:
            raise ValueError(f"the pattern {name!r}: {error}") from None
    made = Pipeline()
    if not isinstance(spec["stages"], Sequence) or isinstance(spec["stages"], str):
        raise ValueError("stages is a list of lists of names")
    for stage in spec["stages"]:
        made = made.then(*[_filter(name, patterns) for name in _names({"stages": stage}, "stages")])
    if unused := [name for name in patterns if name not in made]:
        raise ValueError(f"no stage names the pattern {unused[0]!r}")
    return made


def _filter(name: str, patterns: "dict[str, Filter[[]]]") -> AnyFilter:
    if name in patterns:
        return patterns[name]
    if name not in filters.__all__:
        raise ValueError(f"no filter {name!r}{did_you_mean(name, filters.__all__)}")
    found: AnyFilter = getattr(filters, name)
    return found


def _named(pipeline: Pipeline) -> list[str]:
    return [each.name for each in pipeline.filters]


def _names(spec: Mapping[str, Any], key: str) -> list[str]:
    value = spec[key]
    if isinstance(value, str) or not isinstance(value, Sequence) or not all(isinstance(name, str) for name in value):
        raise ValueError(f"{key} is {value!r}; it takes a list of names")
    return list(value)


def _table(spec: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = spec.get(key, {})
    if not isinstance(value, Mapping):
        raise ValueError(f"{key} is {value!r}; it takes keys and values")
    return value


def _check_keys(spec: Mapping[str, Any], known: tuple[str, ...], what: str) -> None:
    for key in spec:
        if key not in known:
            raise ValueError(f"{what} has no key {key!r}; it has {', '.join(known)}{did_you_mean(key, known)}")


def _check_value(changed: AnyFilter, option: str, value: object) -> None:
    """Raise ValueError if a value is not of the type that an option of a filter of the package has."""
    kind = str(getattr(changed._find, "__annotations__", {}).get(option, ""))
    if isinstance(value, list | tuple):
        fits = "Sequence[str]" in kind and all(isinstance(item, str | PathLike) for item in value)
    else:
        types = {"str": (str, PathLike), "bool": (bool,), "None": (type(None),)}
        fits = any(isinstance(value, known) for name, known in types.items() if name in kind)
    if kind and not fits:
        takes = "true or false" if "bool" in kind else "a list of texts" if "Sequence[str]" in kind else "a text"
        raise ValueError(f"the option {option} of {changed.name} is {value!r}; it takes {takes}")


def _plain(name: str, value: Any) -> Any:
    """Return the value of an option as JSON has it."""
    if isinstance(value, tuple | list):
        return [_plain(name, each) for each in value]
    if value is None or isinstance(value, str | bool | int | float):
        return value
    raise ValueError(f"an option of {name} is no text, number or list: {value!r}")
