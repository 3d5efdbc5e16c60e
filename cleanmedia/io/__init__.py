"""Reading and writing: a file for each format, one for compression, one for writing files all or nothing.

A format reads a file as lots, which are pieces of some hundred kilobytes, of whole records; cleans a lot; and writes what came of it. Reading
and writing take little time, and are done by one process; lots are cleaned by as many as are asked for, and stay in order.
"""
