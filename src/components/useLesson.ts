// What a lesson's link does to a control, by its name.
import { useNotebook } from './useNotebook.ts';

export function useLesson(control: string): 'free' | 'hidden' | 'locked' {
  return useNotebook(({ hidden, locked }) => (hidden.includes(control) ? 'hidden' : locked.includes(control) ? 'locked' : 'free'));
}
