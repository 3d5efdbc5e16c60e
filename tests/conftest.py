"""How many examples Hypothesis tries: `--hypothesis-profile=thorough` for the long run."""

from hypothesis import HealthCheck, settings

_SLOW_DATA = [HealthCheck.too_slow, HealthCheck.data_too_large]
settings.register_profile("default", max_examples=1_000, deadline=None, suppress_health_check=_SLOW_DATA)
settings.register_profile("quick", max_examples=100, deadline=None, suppress_health_check=_SLOW_DATA)
settings.register_profile("thorough", max_examples=20_000, deadline=None, suppress_health_check=_SLOW_DATA)
settings.load_profile("default")
