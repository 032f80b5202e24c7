@rem Windows: Maven itself, as if this folder were not there. The fast way of launch/mvn needs a Unix shell.
@mvn %*
