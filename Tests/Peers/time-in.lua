-- Times students in: each request is for the next of some sessions in turn, so that none is asked for twice at a time.
local sessions, students, count, first, many = {}, {}, -1, 1, 1

function init(args)
  for line in io.lines(args[1] .. "/sessions.txt") do sessions[#sessions + 1] = line end
  for line in io.lines(args[1] .. "/students.txt") do students[#students + 1] = line end
  -- Beside those of the command line, which headers of a request would take the place of.
  wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
  first, many = tonumber(args[2]), tonumber(args[3])
end

function request()
  -- wrk asks for one request before it starts, and does not send it.
  if count < 0 then
    count = 0
    return wrk.format("GET", "/")
  end
  local turn, round = count % many, math.floor(count / many)
  local session = sessions[first + turn]
  local student = students[(round * 7 + turn) % #students + 1]
  local body = "student=" .. student .. "&version=" .. (round + 1)
    .. "&request=measure-" .. session .. "-" .. round .. "-0123456789"
  count = count + 1
  return wrk.format("POST", "/sessions/" .. session .. "/time-in", nil, body)
end
