//! How optionals, lists and maps travel.

use std::collections::BTreeMap;

use serde_json::Value;

use super::decode::{self, Items};
use super::writer::{ListWriter, ObjectWriter};
use super::{Key, Mismatch, ToWire, Wire};

impl<T: ToWire> ToWire for Option<T> {
    /// What is absent is left out by whoever can; an item of a list cannot be, and is empty text:
    /// old clients read no null.
    fn write(&self, out: &mut String) {
        match self {
            Some(value) => value.write(out),
            None => out.push_str("\"\""),
        }
    }

    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

/// JSON null counts as absent.
impl<T: Wire> Wire for Option<T> {
    fn read(value: &Value) -> Result<Self, Mismatch> {
        match value {
            Value::Null => Ok(None),
            value => T::read(value).map(Some),
        }
    }

    fn absent() -> Option<Self> {
        Some(None)
    }
}

impl<T: ToWire> ToWire for Vec<T> {
    fn write(&self, out: &mut String) {
        let mut list = ListWriter::begin(out);
        for item in self {
            list = list.item(item);
        }
        list.end();
    }
}

impl<T: Wire> Wire for Vec<T> {
    fn read(value: &Value) -> Result<Self, Mismatch> {
        let mut items = Items::any(value)?;
        let mut read = Self::with_capacity(items.len());
        while items.len() > 0 {
            read.push(items.take()?);
        }
        Ok(read)
    }
}

/// A JSON object: its keys are texts, also where the map's are numbers.
impl<K: Key, T: ToWire> ToWire for BTreeMap<K, T> {
    fn write(&self, out: &mut String) {
        let mut object = ObjectWriter::begin(out);
        for (key, value) in self {
            object = object.entry(key, value);
        }
        object.end();
    }
}

impl<K: Key + Ord, T: Wire> Wire for BTreeMap<K, T> {
    fn read(value: &Value) -> Result<Self, Mismatch> {
        let mut read = Self::new();
        for (name, value) in decode::object(value)? {
            let key = K::read(&Value::from(name.as_str()));
            let key =
                key.map_err(|e| Mismatch(format!("an object whose keys are each {}", e.0)))?;
            let value = T::read(value).map_err(|e| decode::inside(name, e))?;
            if read.insert(key, value).is_some() {
                let what = format!("an object that does not name a key twice, as `{name}`");
                return Err(Mismatch(what));
            }
        }
        Ok(read)
    }
}
