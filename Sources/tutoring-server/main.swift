#if Server
print("server")
#else
print("built without the trait Server")
#endif
