import type { ChangeEventHandler } from 'react'
import './project.css'

interface FilePickProps {
  label: string
  accept: string
  multiple?: boolean
  disabled?: boolean | undefined
  onChange: ChangeEventHandler<HTMLInputElement>
}

/** A file field in our own words: the browser's button speaks the language of the machine. */
export const FilePick = ({ label, ...input }: FilePickProps) => (
  <label className="project-file">
    {label}
    <input type="file" {...input} />
  </label>
)
