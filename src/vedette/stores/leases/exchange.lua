-- One hash for each account:
--   p:<number>   what was used in a piece of a rolling window;  s, mark: of the other windows
--   r:<machine>  "epoch total at": what a machine has reported
--   l:<machine>  "slice held until": what it may spend
--   born, o (restored by machines), seeded, c (seeded and not restored since), tight (until when)
-- spent + all slices never exceed the limit, but for one call where nobody else has a slice.
-- ARGV: machine, ttl in ms, then 13 values for each key.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local machine, ttl = ARGV[1], tonumber(ARGV[2])
local RING, FORGET_MS, TIGHT_MS = 31, 172800000, 1000

local function whole(number) return string.format('%.0f', number) end

local function read(key)
  local flat, hash = redis.call('HGETALL', key), {}
  for i = 1, #flat, 2 do hash[flat[i]] = flat[i + 1] end
  return hash
end

local function three(text)
  local a, b, c = string.match(text, '^(%S+) (%S+) (%S+)$')
  return tonumber(a), tonumber(b), tonumber(c)
end

-- What was used in the window; pieces that are over go.
local function used(key, hash, piece, mark)
  if piece <= 0 then
    if piece < 0 and mark > tonumber(hash.mark or 0) then
      redis.call('HSET', key, 'mark', whole(mark), 's', '0', 'c', '0')
      hash.c = '0'
      return 0, {}
    end
    return tonumber(hash.s or 0), {}
  end
  local oldest, spent, pieces = math.floor(now / piece) - RING, 0, {}
  for field, value in pairs(hash) do
    if string.sub(field, 1, 2) == 'p:' then
      local number = tonumber(string.sub(field, 3))
      if number <= oldest then
        redis.call('HDEL', key, field)
      else
        spent = spent + tonumber(value)
        pieces[#pieces + 1] = {number, tonumber(value)}
      end
    end
  end
  table.sort(pieces, function(a, b) return a[1] < b[1] end)
  return spent, pieces
end

local function frees(pieces, piece, missing)
  for _, one in ipairs(pieces) do
    missing = missing - one[2]
    if missing <= 0 then return (one[1] + RING) * piece - now end
  end
  return -1
end

local function others(key, hash)
  local held, idle = 0, 0
  for field, value in pairs(hash) do
    local kind = string.sub(field, 1, 2)
    if kind == 'l:' and string.sub(field, 3) ~= machine then
      local slice, holds, until_ms = three(value)
      if until_ms <= now then
        redis.call('HDEL', key, field)
      else
        held = held + math.min(holds, slice)
        idle = idle + math.max(slice - holds, 0)
      end
    elseif kind == 'r:' then
      local _, _, at = three(value)
      if at < now - FORGET_MS then redis.call('HDEL', key, field) end
    end
  end
  return held, idle
end

local answer = {}
for i, key in ipairs(KEYS) do
  local a = 2 + (i - 1) * 13
  local limit, piece, mark = tonumber(ARGV[a + 1]), tonumber(ARGV[a + 2]), tonumber(ARGV[a + 3])
  local strict, total, sent = ARGV[a + 4] == '1', tonumber(ARGV[a + 5]), tonumber(ARGV[a + 6])
  local epoch, born, in_window = ARGV[a + 7], ARGV[a + 8], tonumber(ARGV[a + 9])
  local held, must, want = tonumber(ARGV[a + 10]), tonumber(ARGV[a + 11]), tonumber(ARGV[a + 12])
  local least = tonumber(ARGV[a + 13])
  local hash = read(key)
  if not hash.born then
    hash.born = whole(now)
    redis.call('HSET', key, 'born', hash.born)
  end
  local spent, pieces = used(key, hash, piece, mark)

  local new
  local reported = hash['r:' .. machine]
  if reported then
    local past, before = string.match(reported, '^(%S+) (%S+)')
    new = past == epoch and total - tonumber(before) or total
  elseif born == hash.born then
    new = total - sent
  else
    -- The ledger may have told of this already. One that never spoke with us was not lost.
    local known = born ~= '0' and math.min(in_window, tonumber(hash.c or 0)) or 0
    if known > 0 then redis.call('HINCRBY', key, 'c', whole(-known)) end
    new = in_window - known
    redis.call('HINCRBY', key, 'o', whole(in_window))
  end
  if new < 0 then new = 0 end
  if new > 0 then
    spent = spent + new
    if piece > 0 then
      redis.call('HINCRBY', key, 'p:' .. whole(math.floor(now / piece)), whole(new))
      pieces[#pieces + 1] = {math.floor(now / piece), new}
    else
      redis.call('HINCRBY', key, 's', whole(new))
    end
  end

  local others_held, others_idle = others(key, hash)
  local room = limit - spent - others_held - others_idle
  local slice = math.max(held, math.min(want, room))
  if least > 0 and slice - held < least then
    slice = held
    local alone = held == 0 and others_held + others_idle == 0
    if not strict and alone and room > 0 then slice = least end
  end
  local tight = tonumber(hash.tight or 0) > now
  if slice < must then
    tight = true
    redis.call('HSET', key, 'tight', whole(now + TIGHT_MS))
  end

  redis.call('HSET', key, 'r:' .. machine, epoch .. ' ' .. whole(total) .. ' ' .. whole(now))
  if slice > 0 then
    local lease = whole(slice) .. ' ' .. whole(held) .. ' ' .. whole(now + ttl)
    redis.call('HSET', key, 'l:' .. machine, lease)
  else
    redis.call('HDEL', key, 'l:' .. machine)
  end
  if piece > 0 then
    redis.call('PEXPIRE', key, whole(piece * (RING + 1) + ttl + 60000))
  elseif piece < 0 then
    redis.call('PEXPIRE', key, whole(63 * 86400000))
  end
  local free_ms = piece > 0 and frees(pieces, piece, math.max(least - math.max(room, 0), 1)) or -1
  answer[#answer + 1] = {
    whole(slice), whole(spent), whole(others_held), whole(others_idle), whole(free_ms),
    tight and '1' or '0', hash.born,
  }
end
return answer
