import { Select } from 'antd'

interface FilterSelectProps {
  label: string
  value: string | undefined
  options: readonly { value: string; label: string }[]
  onChange: (value: string | undefined) => void
  /** Long lists are searched by typing. */
  search?: boolean
  /** Opens as wide as its longest words, which are wider than the field. */
  wide?: boolean
  width?: number
}

/** One field of a list's filter; empty means all. */
export const FilterSelect = ({ label, value, options, onChange, search, wide, width = 130 }: FilterSelectProps) => (
  <Select
    aria-label={label}
    placeholder={label}
    value={value}
    options={[...options]}
    onChange={(next: string | undefined) => onChange(next)}
    allowClear
    showSearch={search ? { optionFilterProp: 'label' } : false}
    popupMatchSelectWidth={!wide}
    style={{ width }}
  />
)
