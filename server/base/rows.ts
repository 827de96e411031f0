import { sql } from 'kysely'
import type { Db } from './db.ts'

/**
 * Rows of a composite type, written as PostgreSQL's binary form of an array of it: one parameter carries a whole batch,
 * which `unnest` takes apart. Half the cost of a COPY into a temporary stage, and one path for one row and for a thousand.
 */
export interface Rows {
  /** Begins a row; its fields follow in the order of the type. */
  row(): void
  int(value: number): void
  bool(value: boolean): void
  /** One byte of type "char". */
  char(value: string): void
  text(value: string | null): void
  uuid(value: string): void
  bytes(value: Uint8Array): void
  manyBytes(values: readonly Uint8Array[]): void
  /** Milliseconds since 1970; -Infinity for the beginning of time. */
  instant(millis: number | null): void
  instants(millis: ArrayLike<number>): void
  double(value: number | null): void
  doubles(count: number, of: (index: number) => number): void
  /** The parameter. Nothing can be written afterwards. */
  done(): Buffer
}

/** Of a composite type: its number in this database and how many fields it has. */
export interface RowType {
  oid: number
  fields: number
}

const known = new WeakMap<Db, Map<string, RowType>>()

/** Finds composite types by name, `schema.type`; asked once for each database. */
export async function getRowType(db: Db, name: string): Promise<RowType> {
  const types = known.get(db) ?? new Map<string, RowType>()
  known.set(db, types)
  const found = types.get(name)
  if (found) return found
  const { rows } = await sql<RowType>`select t.oid::int8 as oid, c.relnatts::int as fields
    from pg_type t join pg_class c on c.oid = t.typrelid where t.oid = ${name}::regtype`.execute(db)
  types.set(name, rows[0]!)
  return rows[0]!
}

/** The same for a type that has been asked for before. */
export function knownRowType(db: Db, name: string): RowType {
  const found = known.get(db)?.get(name)
  if (!found) throw new Error(`${name} was not asked for`)
  return found
}

const oids = { bool: 16, bytea: 17, char: 18, int4: 23, text: 25, float8: 701, timestamptz: 1184, uuid: 2950 }
const arrays = { bytea: 1001, float8: 1022, timestamptz: 1185 }
/** 2000-01-01, from which PostgreSQL counts microseconds. */
const epoch = 946_684_800_000
const high = 2 ** 32

/** Begins an array of rows of this type; `expected` bytes are taken at once. */
export function startRows({ oid, fields }: RowType, expected: number): Rows {
  let buffer = Buffer.allocUnsafe(expected + 1024)
  let view = new DataView(buffer.buffer, buffer.byteOffset, buffer.length)
  let at = 20
  let rowAt = 0
  let count = 0
  const room = (bytes: number) => {
    if (at + bytes + 64 <= buffer.length) return
    const larger = Buffer.allocUnsafe(Math.max(buffer.length * 2, at + bytes + 64))
    buffer.copy(larger, 0, 0, at)
    buffer = larger
    view = new DataView(buffer.buffer, buffer.byteOffset, buffer.length)
  }
  const int32 = (value: number) => {
    view.setInt32(at, value)
    at += 4
  }
  const field = (type: number, length: number) => {
    room(length)
    int32(type)
    int32(length)
  }
  const nothing = (type: number) => {
    field(type, 0)
    view.setInt32(at - 4, -1)
  }
  const putInstant = (millis: number) => {
    if (!Number.isFinite(millis)) {
      // Its smallest number of all stands for -infinity.
      if (millis !== -Infinity) throw new RangeError('an instant is a number')
      view.setUint32(at, 0x80000000)
      view.setUint32(at + 4, 0)
      at += 8
      return
    }
    const micros = (millis - epoch) * 1000
    view.setInt32(at, Math.floor(micros / high))
    view.setUint32(at + 4, ((micros % high) + high) % high)
    at += 8
  }
  /** Dimensions, nulls, the elements' type, how many, from which index. */
  const arrayHead = (type: number, element: number, length: number, bytes: number) => {
    field(type, (length === 0 ? 12 : 20) + bytes)
    int32(length === 0 ? 0 : 1)
    int32(0)
    int32(element)
    if (length === 0) return
    int32(length)
    int32(1)
  }
  const closeRow = () => {
    if (count > 0) view.setInt32(rowAt, at - rowAt - 4)
  }
  return {
    row: () => {
      closeRow()
      room(8)
      rowAt = at
      at += 4
      int32(fields)
      count += 1
    },
    int: (value) => {
      field(oids.int4, 4)
      int32(value)
    },
    bool: (value) => {
      field(oids.bool, 1)
      buffer[at++] = value ? 1 : 0
    },
    char: (value) => {
      field(oids.char, 1)
      buffer[at++] = value.charCodeAt(0)
    },
    text: (value) => {
      if (value === null) return nothing(oids.text)
      room(value.length * 3)
      const written = buffer.write(value, at + 8)
      field(oids.text, written)
      at += written
    },
    uuid: (value) => {
      field(oids.uuid, 16)
      at = putUuid(buffer, at, value)
    },
    bytes: (value) => {
      field(oids.bytea, value.length)
      buffer.set(value, at)
      at += value.length
    },
    manyBytes: (values) => {
      let bytes = 0
      for (const one of values) bytes += 4 + one.length
      arrayHead(arrays.bytea, oids.bytea, values.length, bytes)
      for (const one of values) {
        int32(one.length)
        buffer.set(one, at)
        at += one.length
      }
    },
    instant: (millis) => {
      if (millis === null) return nothing(oids.timestamptz)
      field(oids.timestamptz, 8)
      putInstant(millis)
    },
    instants: (millis) => {
      arrayHead(arrays.timestamptz, oids.timestamptz, millis.length, millis.length * 12)
      for (let index = 0; index < millis.length; index += 1) {
        int32(8)
        putInstant(millis[index]!)
      }
    },
    double: (value) => {
      if (value === null) return nothing(oids.float8)
      field(oids.float8, 8)
      view.setFloat64(at, value)
      at += 8
    },
    doubles: (length, of) => {
      arrayHead(arrays.float8, oids.float8, length, length * 12)
      for (let index = 0; index < length; index += 1) {
        int32(8)
        view.setFloat64(at, of(index))
        at += 8
      }
    },
    done: () => {
      closeRow()
      const end = at
      at = 0
      for (const head of [count > 0 ? 1 : 0, 0, oid]) int32(head)
      if (count > 0) for (const head of [count, 1]) int32(head)
      return buffer.subarray(0, count > 0 ? end : 12)
    },
  }
}

const dash = 45

function putUuid(buffer: Buffer, start: number, text: string): number {
  let at = start
  for (let index = 0; index < 36; index += 2) {
    if (text.charCodeAt(index) === dash) index += 1
    buffer[at++] = (nibble(text.charCodeAt(index)) << 4) | nibble(text.charCodeAt(index + 1))
  }
  if (at !== start + 16) throw new RangeError(`not a uuid: ${text}`)
  return at
}

const nibble = (code: number) => (code <= 57 ? code - 48 : (code | 32) - 87)
