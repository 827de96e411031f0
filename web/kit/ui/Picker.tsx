import { Select } from 'antd'
import { useDeferredValue, useState } from 'react'

export interface Choice {
  id: string
  name: string
  /** What tells two of one name apart. */
  note?: string | null
}

export interface PickerProps {
  /** A hook: what the register has for these words. */
  useFound: (words: string) => { rows: Choice[]; busy: boolean }
  /** Those already chosen, so that they are shown by name. */
  known?: readonly Choice[]
  label: string
  id?: string
  value?: string | null
  onChange?: (id: string | null) => void
  /** Hears the name too. */
  onName?: (choice: Choice) => void
}

/** Chooses one entry of a register by typing part of its name. Fits into an antd Form.Item. */
export function Picker({ useFound, known = [], label, id, value, onChange, onName }: PickerProps) {
  const [words, setWords] = useState('')
  const [picked, setPicked] = useState<Choice>()
  const { rows, busy } = useFound(useDeferredValue(words.trim()))
  const shown = words.trim() ? rows : [...(picked ? [picked] : []), ...known]
  const choices = [...new Map(shown.map((one) => [one.id, one])).values()]
  return (
    <Select
      id={id}
      aria-label={label}
      placeholder="输入名称或拼音首字母"
      allowClear
      showSearch={{ filterOption: false, onSearch: setWords }}
      loading={busy}
      notFoundContent={words.trim() ? (busy ? '正在查找' : '没有找到') : '请输入名称或拼音首字母'}
      value={value ?? null}
      options={choices.map((one) => ({ value: one.id, label: one.note ? `${one.name} · ${one.note}` : one.name }))}
      onChange={(next: string | undefined) => {
        const choice = choices.find((one) => one.id === next)
        setPicked(choice)
        setWords('')
        if (choice) onName?.(choice)
        onChange?.(next ?? null)
      }}
    />
  )
}
