"""The base class of immutable objects."""

from typing import TYPE_CHECKING, Any, ClassVar

__all__ = ["Frozen"]


class Frozen:
    """Base class of objects whose attributes cannot change once they are set.

    A subclass lists its attributes in ``__slots__`` and assigns each of them in ``__init__``, in the usual way. A second
    assignment, the assignment of any other attribute, and a deletion raise AttributeError.

    >>> class Point(Frozen):
    ...     __slots__ = ("x",)
    ...     def __init__(self, x: int) -> None:
    ...         self.x = x
    >>> Point(1).x
    1
    >>> Point(1).x = 2
    Traceback (most recent call last):
      ...
    AttributeError: Point is immutable: cannot assign to 'x'
    """

    __slots__ = ("__weakref__",)

    _hint: ClassVar[str] = ""  # ends the message of the error: how to get a changed object instead

    if not TYPE_CHECKING:  # type checkers know the attributes by their annotations, and should report any others

        def __setattr__(self, name: str, value: Any) -> None:
            if name not in self.__slots__ or hasattr(self, name):
                raise AttributeError(f"{type(self).__name__} is immutable: cannot assign to {name!r}{self._hint}")
            object.__setattr__(self, name, value)

        def __delattr__(self, name: str) -> None:
            raise AttributeError(f"{type(self).__name__} is immutable: cannot delete {name!r}{self._hint}")
