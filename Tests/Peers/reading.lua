-- Reads what people read: mostly the dashboard, then sessions, one of many each time.
local ids, count = {}, 0

function init(args)
  for line in io.lines(args[1] .. "/ids.txt") do ids[#ids + 1] = line end
end

function request()
  count = count + 1
  if count % 4 == 0 then return wrk.format("GET", "/sessions/" .. ids[count / 4 % #ids + 1]) end
  if count % 97 == 0 then return wrk.format("GET", "/policies") end
  return wrk.format("GET", "/")
end
