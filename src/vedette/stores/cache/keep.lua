-- Keeps a value and what is to be known of it; then makes room.
-- KEYS: value, index (expiry by name), about (size and labels by name), sum of sizes.
-- ARGV: value, ttl in ms, name, labels, most bytes, what names of values begin with.
-- Without a value it only forgets the names that follow the prefix.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local index, about, sum = KEYS[2], KEYS[3], KEYS[4]
local prefix = ARGV[6]

local function drop(name)
  local said = redis.call('HGET', about, name)
  redis.call('UNLINK', prefix .. name)
  redis.call('ZREM', index, name)
  if not said then return 0 end
  redis.call('HDEL', about, name)
  redis.call('DECRBY', sum, string.match(said, '^(%d+) '))
  return 1
end

if ARGV[2] == '0' then
  local gone = 0
  for i = 7, #ARGV do gone = gone + drop(ARGV[i]) end
  return gone
end

local value, name, most = ARGV[1], ARGV[3], tonumber(ARGV[5])
drop(name)
if #value > most then return 0 end
redis.call('SET', KEYS[1], value, 'PX', ARGV[2])
redis.call('ZADD', index, now + tonumber(ARGV[2]), name)
redis.call('HSET', about, name, #value .. ' ' .. ARGV[4])
local bytes = redis.call('INCRBY', sum, #value)
for _, old in ipairs(redis.call('ZRANGEBYSCORE', index, '-inf', now, 'LIMIT', 0, 100)) do
  drop(old)
end
while tonumber(redis.call('GET', sum) or '0') > most do
  local first = redis.call('ZRANGE', index, 0, 0)[1]
  if not first then
    redis.call('SET', sum, '0')
    break
  end
  drop(first)
end
return bytes
