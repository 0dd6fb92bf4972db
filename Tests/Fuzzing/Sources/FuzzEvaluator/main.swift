import FuzzDriver
import FuzzProperties

fuzz(EvaluationProperties().check)
