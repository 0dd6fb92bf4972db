import FuzzDriver
import FuzzProperties

fuzz(ParserProperties().check)
