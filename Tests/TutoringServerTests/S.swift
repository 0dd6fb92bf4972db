#if Server
import Testing
import HummingbirdTesting
import AsyncHTTPClient
#endif
