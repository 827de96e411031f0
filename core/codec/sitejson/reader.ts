/** What the reference reader found: a value with objects that have no prototype, or nothing when the text is no JSON. */
export interface ReadJson {
  value: unknown
  wellFormed: boolean
  repeatedKey: boolean
}

const space = /[ \t\n\r]*/y
const number = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y
const string = /"((?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*)"/y
const word = /true|false|null/y
const words: Record<string, unknown> = { true: true, false: false, null: null }
const escapes: Record<string, string> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }

/** RFC 8259 as one reads it, for the reference decoder alone. The caller has bounded the depth. */
export function readJson(text: string): ReadJson {
  let at = 0
  let repeatedKey = false
  const stop = Symbol('not well-formed')

  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at
    const found = pattern.exec(text)
    if (found) at += found[0].length
    return found
  }
  const takeMark = (mark: string): boolean => {
    take(space)
    if (text[at] !== mark) return false
    at += 1
    return true
  }
  const takeString = (): string | typeof stop => {
    take(space)
    const found = take(string)
    return found ? unescaped(found[1]!) : stop
  }
  const takeObject = (): unknown => {
    const object: Record<string, unknown> = Object.create(null) as Record<string, unknown>
    if (takeMark('}')) return object
    do {
      const key = takeString()
      if (key === stop || !takeMark(':')) return stop
      const value = takeValue()
      if (value === stop) return stop
      if (Object.hasOwn(object, key)) repeatedKey = true
      object[key] = value
    } while (takeMark(','))
    return takeMark('}') ? object : stop
  }
  const takeArray = (): unknown => {
    const array: unknown[] = []
    if (takeMark(']')) return array
    do {
      const value = takeValue()
      if (value === stop) return stop
      array.push(value)
    } while (takeMark(','))
    return takeMark(']') ? array : stop
  }
  const takeValue = (): unknown => {
    if (takeMark('{')) return takeObject()
    if (takeMark('[')) return takeArray()
    if (text[at] === '"') return takeString()
    const named = take(word)
    if (named) return words[named[0]]
    const digits = take(number)
    return digits ? Number(digits[0]) : stop
  }

  const value = takeValue()
  take(space)
  return { value, wellFormed: value !== stop && at === text.length, repeatedKey }
}

const unescaped = (text: string): string =>
  text.replace(/\\(u[0-9a-fA-F]{4}|.)/g, (_, escape: string) =>
    escape.length === 5 ? String.fromCharCode(Number.parseInt(escape.slice(1), 16)) : (escapes[escape] ?? escape),
  )
