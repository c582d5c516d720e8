//! What units are called where there is little room: without the place that all their names begin with.

use super::Trends;

impl Trends<'_> {
    /// The place that the names of all units begin with: `岚桥县`; empty where there is none.
    pub fn place(&self) -> &str {
        let mut names = self.scope.units.iter().map(|unit| self.name(*unit));
        let Some(first) = names.next() else { return "" };
        let common = names.fold(first.len(), |common, name| {
            let same = first.chars().zip(name.chars()).take_while(|(one, other)| one == other);
            common.min(same.map(|(char, _)| char.len_utf8()).sum())
        });
        // One unit alone has nothing in common with others.
        let common = if self.scope.units.len() > 1 { &first[..common] } else { "" };
        let end = common.char_indices().rfind(|(_, char)| "省市县区旗州".contains(*char));
        end.map_or("", |(at, char)| &common[..at + char.len_utf8()])
    }

    /// The name of a unit without `place`, which is that of all of them.
    pub fn short_name(&self, unit: usize, place: &str) -> &str {
        let name = self.name(unit);
        name.strip_prefix(place).filter(|rest| !rest.is_empty()).unwrap_or(name)
    }
}
