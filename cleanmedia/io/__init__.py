"""Reading and writing files: one module for each format, one for compression, one for writing files all or nothing.

A format reads a file in batches: some hundred kilobytes of whole records. It cleans a batch, and writes the cleaned batches. One process
reads and writes, which takes little time; any number of processes clean, and the batches stay in order.
"""
