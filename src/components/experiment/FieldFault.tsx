// What is wrong with a field, said at once.

export function FieldFault({ children }: { readonly children: string | undefined }) {
  if (children === undefined) return null;
  return (
    <small className="hint fault" role="alert">
      {children}
    </small>
  );
}
