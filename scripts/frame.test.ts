import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const script = fileURLToPath(new URL('./frame.ts', import.meta.url))

function run(...words: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...words], { encoding: 'latin1' })
  return { status, stdout, stderr }
}

/** Annex A of HJ 212-2017, bit by bit: not the codec's own. */
function annexA(data: string): string {
  let crc = 0xffff
  for (const byte of Buffer.from(data)) {
    crc = (crc >> 8) ^ byte
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >> 1) ^ 0xa001 : crc >> 1
  }
  return crc.toString(16).toUpperCase().padStart(4, '0')
}

test('bad arguments: a sentence on stderr, nothing on stdout, exit 2', () => {
  for (const words of [
    [],
    ['pm25='],
    ['pm25=1e9'],
    ['pm26=1'],
    ['--bad'],
    ['pm25=1', 'pm25=2'],
    ['pm25=1', '--mn=A;B'],
  ]) {
    const { status, stdout, stderr } = run(...words)
    expect([status, stdout], words.join(' ')).toEqual([2, ''])
    expect(stderr).toMatch(/^[a-z0-9-].+\nusage: /)
  }
})

test('exactly one frame of now, with the length and the check value of the standard', () => {
  const { status, stdout } = run('pm25=75.1', 'pm10=120')
  expect(status).toBe(0)
  const [, length, data, crc] = /^##(\d{4})(QN=\d{17};.*&&)([0-9A-F]{4})\r\n$/.exec(stdout)!
  expect(Number(length)).toBe(data!.length)
  expect(crc).toBe(annexA(data!))
  const times =
    /QN=(\d{14})\d{3};.*;CP=&&DataTime=(\d{14});a34004-Rtd=75\.1,a34004-Flag=N;a34002-Rtd=120,a34002-Flag=N&&/.exec(
      data!,
    )
  expect(times?.[1]).toBe(times?.[2])
})

test('--bad-crc spoils the check value and nothing else, --mn speaks as another device', () => {
  const [, data, crc] = /^##\d{4}(.*&&)([0-9A-F]{4})\r\n$/.exec(run('pm25=74.9', '--bad-crc', '--mn=ABC123').stdout)!
  expect(crc).not.toBe(annexA(data!))
  expect(data).toContain(';MN=ABC123;')
})
