import { type StepFormProps, StepForm } from '../../../kit/ui/index.ts'
import { wordingOfItem } from '../draft.ts'
import { useNotice } from '../notice.ts'
import { ItemFields, itemTextOf, type ItemValues } from './ItemFields.tsx'
import { type Wording, wordingFieldsOf, WordingFields, wordingOf } from './WordingFields.tsx'

type Amendment = Wording & { items: ItemValues[] }

/** 修改文书: the whole wording anew; an item left out may be ordered elsewhere. */
export function AmendForm(step: StepFormProps) {
  const { record, terms } = useNotice()
  return (
    <StepForm<Amendment>
      step={step}
      initial={{ ...wordingFieldsOf(record), items: record.items.map(wordingOfItem) }}
      inputOf={(values) => ({ ...wordingOf(values), items: values.items.map(itemTextOf) })}
    >
      <WordingFields />
      <ItemFields terms={terms} />
    </StepForm>
  )
}
