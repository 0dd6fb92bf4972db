import FuzzDriver
import FuzzProperties

fuzz(PolicyTextProperties().check)
