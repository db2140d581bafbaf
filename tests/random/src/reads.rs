//! What can be read where an expression stands.

use crate::body::{Body, Bound};
use crate::model::Ty;

/// Something to read, and what that gives.
#[derive(Clone, Debug)]
pub struct Read {
    /// As it is written.
    pub text: String,
    /// Its type.
    pub ty: Ty,
    /// Whether it may be absent.
    pub absent: bool,
}

impl Body<'_> {
    /// Everything that an expression can read here. `caller` and `now` are not among it.
    pub fn reads(&self) -> Vec<Read> {
        let mut reads = Vec::new();
        for arg in &self.args {
            let text = format!("args.{}", arg.name);
            self.value(&mut reads, text, &arg.ty, arg.optional);
        }
        for (name, bound) in &self.bound {
            self.bound_reads(&mut reads, name, bound);
        }
        for table in &self.world.config {
            let name = format!("config.{}", table.name);
            if let Some(ty) = &table.ty {
                self.value(&mut reads, name.clone(), ty, false);
            }
            for field in &table.fields {
                let text = format!("{name}.{}", field.name);
                self.value(&mut reads, text, &field.ty, field.optional);
            }
        }
        reads
    }

    fn bound_reads(&self, reads: &mut Vec<Read>, name: &str, bound: &Bound) {
        match bound {
            Bound::Value(ty) => self.value(reads, name.to_owned(), ty, false),
            Bound::Maybe(ty) => self.value(reads, name.to_owned(), ty, true),
            Bound::Row { table, absent, .. } => {
                for column in &self.world.tables[*table].columns {
                    let text = format!("{name}.{}", column.name);
                    self.value(reads, text, &column.ty, column.optional || *absent);
                }
            }
            Bound::Rows(table) => {
                for column in &self.world.tables[*table].columns {
                    if !column.optional {
                        let ty = column.ty.clone().list();
                        self.value(reads, format!("{name}.{}", column.name), &ty, false);
                    }
                }
            }
            Bound::Reply { fields, absent } => {
                for field in fields {
                    let text = format!("{name}.{}", field.name);
                    self.value(reads, text, &field.ty, field.optional || *absent);
                }
            }
        }
    }

    /// A value, and the fields of a record.
    fn value(&self, reads: &mut Vec<Read>, text: String, ty: &Ty, absent: bool) {
        if let (Ty::Record(at), false) = (ty, absent) {
            for field in &self.world.records[*at].fields {
                let text = format!("{text}.{}", field.name);
                let (ty, absent) = (field.ty.clone(), field.optional);
                reads.push(Read { text, ty, absent });
            }
        }
        let ty = ty.clone();
        reads.push(Read { text, ty, absent });
    }

    /// Something to read of that type which is there.
    pub fn read(&mut self, ty: &Ty) -> Option<String> {
        let fits = |read: &Read| read.ty == *ty && !read.absent;
        let mut fitting = self.reads();
        fitting.retain(fits);
        match fitting.is_empty() {
            true => None,
            false => Some(self.c.pick(&fitting).text.clone()),
        }
    }

    /// Something to read of that type which may be absent.
    pub fn read_absent(&mut self, ty: &Ty) -> Option<String> {
        let mut fitting = self.reads();
        fitting.retain(|read| read.ty == *ty && read.absent);
        match fitting.is_empty() {
            true => None,
            false => Some(self.c.pick(&fitting).text.clone()),
        }
    }

    /// Any list to read, with the type of its items.
    pub fn read_list(&mut self) -> Option<(String, Ty)> {
        let mut lists = self.reads();
        lists.retain(|read| matches!(read.ty, Ty::List(_)) && !read.absent);
        if lists.is_empty() {
            return None;
        }
        let read = self.c.pick(&lists).clone();
        match read.ty {
            Ty::List(item) => Some((read.text, *item)),
            _ => None,
        }
    }

    /// Any map to read, with the types of its keys and values.
    pub fn read_map(&mut self) -> Option<(String, Ty, Ty)> {
        let mut maps = self.reads();
        maps.retain(|read| matches!(read.ty, Ty::Map(..)) && !read.absent);
        if maps.is_empty() {
            return None;
        }
        let read = self.c.pick(&maps).clone();
        match read.ty {
            Ty::Map(key, value) => Some((read.text, *key, *value)),
            _ => None,
        }
    }
}
