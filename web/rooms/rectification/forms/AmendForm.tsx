import type { StepFormProps } from '../../../kit/ui/index.ts'
import { useNotice } from '../notice.ts'
import { ItemFields, itemTextOf, type ItemValues } from './ItemFields.tsx'
import { StepForm } from './StepForm.tsx'
import { type Wording, wordingFieldsOf, WordingFields, wordingOf } from './WordingFields.tsx'

type Amendment = Wording & { items: ItemValues[] }

/** 修改文书: the whole wording anew; an item left out may be ordered elsewhere. */
export function AmendForm(step: StepFormProps) {
  const { record, terms } = useNotice()
  const items = record.items.map(({ id, text, clause, severity, requirement, days, photos, point }) => ({
    id,
    text,
    clause,
    severity,
    requirement,
    days,
    photos,
    point,
  }))
  return (
    <StepForm<Amendment>
      step={step}
      initial={{ ...wordingFieldsOf(record), items }}
      inputOf={(values) => ({ ...wordingOf(values), items: values.items.map(itemTextOf) })}
    >
      <WordingFields />
      <ItemFields terms={terms} />
    </StepForm>
  )
}
