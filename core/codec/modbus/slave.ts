import { functionOf, mostRegisters, putWord, wordAt, type Frame, type Table } from './frame.ts'

/** The registers that a slave has, by their address. */
export type Registers = Readonly<Record<Table, ReadonlyMap<number, number>>>

/**
 * The answer of a slave to one request, for the tests and the simulator: protocol 6.3 and 6.4, and the exceptions in the
 * order of their state diagrams.
 */
export function answerOf(request: Frame, registers: Registers): Uint8Array {
  const { pdu } = request
  const code = pdu[0]!
  const refuse = (exception: number) => answer(request, [code | 0x80, exception])
  const table = (['holding', 'input'] as const).find((each) => functionOf[each] === code)
  if (table === undefined) return refuse(1)
  if (pdu.length !== 5) return refuse(3)
  const address = wordAt(pdu, 1)
  const count = wordAt(pdu, 3)
  if (count < 1 || count > mostRegisters) return refuse(3)
  const said = [code, count * 2]
  for (let register = address; register < address + count; register += 1) {
    const word = registers[table].get(register)
    if (word === undefined) return refuse(2)
    said.push((word >> 8) & 0xff, word & 0xff)
  }
  return answer(request, said)
}

function answer({ transaction, unit }: Frame, pdu: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(7 + pdu.length)
  putWord(bytes, 0, transaction)
  putWord(bytes, 4, pdu.length + 1)
  bytes[6] = unit
  bytes.set(pdu, 7)
  return bytes
}
