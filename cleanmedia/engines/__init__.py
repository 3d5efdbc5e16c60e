"""What stands between the core and the engines that run it over datasets. Pipelines and filters import it when asked to."""
