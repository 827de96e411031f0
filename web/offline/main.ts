import '../kit/no-eval.ts'
import { hexOf, type Proof } from '@plumbline/core/evidence'
import { sayInstant } from '@plumbline/core/kit'
import { drawVerdict } from './draw.ts'
import { type KnownKeys, mostProofBytes, type Read, readKeys, readProof, tools } from './reading.ts'
import { judge } from './verdict.ts'
import './verify.css'

const get = <T extends HTMLElement>(id: string) => document.getElementById(id) as T
const proofField = get<HTMLInputElement>('proof')
const originalField = get<HTMLInputElement>('original')
const keysField = get<HTMLTextAreaElement>('keys')

interface Handed<T> {
  name: string
  read: Read<T>
}
let proof: Handed<Proof> | undefined
/** The original by its SHA-256 in hex. */
let original: Handed<string> | undefined
let keys: Read<KnownKeys> = readKeys('')

/** What keeps from judging, in a sentence; undefined when all that was handed in can be read. */
function findFault(): string | undefined {
  for (const one of [proof, original]) if (one && 'fault' in one.read) return `${one.name}：${one.read.fault}`
  if ('fault' in keys) return keys.fault
  return !proof && original ? '还没有选择证明文件。' : undefined
}

const valueOf = <T>(read: Read<T> | undefined): T | undefined => (read && 'value' in read ? read.value : undefined)

/** The result of what is there now; nothing while something is missing. Throws on a proof that no text can be made of. */
function drawResult(): HTMLElement[] {
  const [read, digest, known] = [valueOf(proof?.read), valueOf(original?.read), valueOf(keys)]
  if (!proof || !read || !known) return []
  return drawVerdict({
    verdict: judge(read, digest, known),
    proof: read,
    proofName: proof.name,
    original: original && digest !== undefined ? { name: original.name, digest } : undefined,
    checkedAt: sayInstant(new Date()),
  })
}

function draw(): void {
  let fault = findFault()
  let result: HTMLElement[] = []
  try {
    if (fault === undefined) result = drawResult()
  } catch {
    fault = `${proof?.name}：证明文件已经损坏，无法核验。`
  }
  for (const field of [proofField, originalField])
    get(`${field.id}-name`).textContent = field.files?.[0]?.name ?? '尚未选择'
  get('verdict').replaceChildren(...result)
  get('fault').textContent = fault ?? ''
  get('fault').hidden = fault === undefined
}

/** Reads what was chosen and keeps it; what was there before is gone at once, and so is its result. */
async function take<T>(
  field: HTMLInputElement,
  readFile: (file: File) => Promise<Read<T>>,
  keep: (handed: Handed<T> | undefined) => void,
): Promise<void> {
  const file = field.files?.[0]
  keep(undefined)
  draw()
  if (!file) return
  const read = await readFile(file).catch(() => ({ fault: '文件无法读取，请重新选择。' }))
  // Another may have been chosen while this one was read.
  if (field.files?.[0] !== file) return
  keep({ name: file.name, read })
  draw()
}

const readProofFile = async (file: File) =>
  file.size > mostProofBytes ? { fault: '文件过大，不是存证的证明文件。' } : readProof(await file.text())

const readOriginal = async (file: File) => ({ value: hexOf(tools.sha256(new Uint8Array(await file.arrayBuffer()))) })

/** Puts a dropped file into its field, so that the page says which it is. */
function drop(field: HTMLInputElement, file: File | undefined): void {
  if (!file) return
  const one = new DataTransfer()
  one.items.add(file)
  field.files = one.files
  field.dispatchEvent(new Event('change'))
}

const isProof = ({ name }: File) => /\.(proof|json)$/i.test(name)

proofField.addEventListener('change', () => void take(proofField, readProofFile, (handed) => (proof = handed)))
originalField.addEventListener('change', () => void take(originalField, readOriginal, (handed) => (original = handed)))
keysField.addEventListener('input', () => {
  keys = readKeys(keysField.value)
  draw()
})
draw()
document.addEventListener('dragover', (event) => event.preventDefault())
document.addEventListener('drop', (event) => {
  event.preventDefault()
  const files = [...(event.dataTransfer?.files ?? [])]
  const other = files.find((file) => !isProof(file))
  drop(proofField, files.find(isProof))
  drop(originalField, other)
})
