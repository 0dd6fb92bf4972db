#if Store
import Testing
#endif
