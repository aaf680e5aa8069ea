-- KEYS: an account. ARGV: piece in ms, mark. See exchange.lua.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local piece, mark = tonumber(ARGV[1]), tonumber(ARGV[2])
local spent, held, month, seeded, born, last = 0, 0, 0, '0', '0', -1
local flat = redis.call('HGETALL', KEYS[1])
local sum = 0
for i = 1, #flat, 2 do
  local field, value = flat[i], flat[i + 1]
  local kind = string.sub(field, 1, 2)
  if kind == 'p:' then
    local number = tonumber(string.sub(field, 3))
    if piece > 0 and number > math.floor(now / piece) - 31 then
      spent = spent + tonumber(value)
      last = math.max(last, number)
    end
  elseif kind == 'l:' then
    local slice, holds, until_ms = string.match(value, '^(%S+) (%S+) (%S+)$')
    if tonumber(until_ms) > now then held = held + tonumber(holds) end
  elseif field == 's' then
    sum = tonumber(value)
  elseif field == 'mark' then
    month = tonumber(value)
  elseif field == 'seeded' then
    seeded = '1'
  elseif field == 'born' then
    born = value
  end
end
if piece == 0 or (piece < 0 and month >= mark) then spent = sum end
local free_ms = last >= 0 and (last + 31) * piece - now or -1
return {
  string.format('%.0f', spent), string.format('%.0f', held), born, seeded,
  string.format('%.0f', free_ms),
}
