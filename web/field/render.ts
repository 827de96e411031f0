import { unstableSetRender } from 'antd-mobile'
import { createRoot, type Root } from 'react-dom/client'

const roots = new WeakMap<object, Root>()

/** antd-mobile draws toasts and dialogs with React 18's way; without this they show nothing on React 19. */
export function drawToastsOnReact19(): void {
  unstableSetRender((node, container) => {
    const root = roots.get(container) ?? createRoot(container)
    roots.set(container, root)
    root.render(node)
    return async () => {
      // Unmounting while React renders is refused; the next turn is free.
      await new Promise((next) => setTimeout(next))
      root.unmount()
      roots.delete(container)
    }
  })
}
