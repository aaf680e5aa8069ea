-- KEYS: an account. ARGV: piece in ms, mark, then (when in ms, how much) pairs, oldest first.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local key, piece, mark = KEYS[1], tonumber(ARGV[1]), tonumber(ARGV[2])
if redis.call('HSETNX', key, 'seeded', '1') == 0 then return 0 end
redis.call('HSETNX', key, 'born', string.format('%.0f', now))
local month = tonumber(redis.call('HGET', key, 'mark') or 0)
if piece < 0 and mark > month then
  redis.call('HSET', key, 'mark', string.format('%.0f', mark), 's', '0')
end
local told, added = tonumber(redis.call('HGET', key, 'o') or 0), 0
for i = 3, #ARGV, 2 do
  local at, amount = tonumber(ARGV[i]), tonumber(ARGV[i + 1])
  local known = math.min(told, amount)
  told, amount = told - known, amount - known
  if amount > 0 and piece > 0 then
    local number = math.floor(at / piece)
    if number > math.floor(now / piece) - 31 then
      redis.call('HINCRBY', key, 'p:' .. string.format('%.0f', number), string.format('%.0f', amount))
      added = added + amount
    end
  elseif amount > 0 then
    redis.call('HINCRBY', key, 's', string.format('%.0f', amount))
    added = added + amount
  end
end
redis.call('HSET', key, 'c', string.format('%.0f', added))
if piece > 0 then
  redis.call('PEXPIRE', key, string.format('%.0f', piece * 32 + 120000))
elseif piece < 0 then
  redis.call('PEXPIRE', key, string.format('%.0f', 63 * 86400000))
end
return 1
