/** Something that a combobox offers. `id` null: to be made, under this name. */
export interface Option {
  id: string | null;
  name: string;
  detail?: string | null;
}
