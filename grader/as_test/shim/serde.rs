use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fmt::Display;

/// What a judge reads back; a test has none.
pub trait Deserialize {}

pub trait Serialize {
    fn json(&self) -> String;
}

fn list(items: impl IntoIterator<Item = String>) -> String {
    format!("[{}]", items.into_iter().collect::<Vec<_>>().join(","))
}

/// An object of these fields.
pub fn object(fields: &[(&str, String)]) -> String {
    let field = |(name, value): &(&str, String)| format!("{}:{value}", name.json());
    let fields: Vec<_> = fields.iter().map(field).collect();
    format!("{{{}}}", fields.join(","))
}

macro_rules! numbers {
    ($($number:ty)*) => {$(
        impl Serialize for $number {
            fn json(&self) -> String {
                self.to_string()
            }
        }
    )*};
}
numbers!(u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize bool);

impl Serialize for f64 {
    fn json(&self) -> String {
        format!("{self:?}")
    }
}

impl Serialize for str {
    fn json(&self) -> String {
        let mut json = String::from("\"");
        for c in self.chars() {
            match c {
                '"' => json.push_str("\\\""),
                '\\' => json.push_str("\\\\"),
                '\n' => json.push_str("\\n"),
                '\r' => json.push_str("\\r"),
                '\t' => json.push_str("\\t"),
                '\u{8}' => json.push_str("\\b"),
                '\u{c}' => json.push_str("\\f"),
                c if c < ' ' => json.push_str(&format!("\\u{:04x}", u32::from(c))),
                c => json.push(c),
            }
        }
        json.push('"');
        json
    }
}

impl Serialize for String {
    fn json(&self) -> String {
        self.as_str().json()
    }
}

impl Serialize for char {
    fn json(&self) -> String {
        self.to_string().json()
    }
}

impl Serialize for () {
    fn json(&self) -> String {
        "null".to_owned()
    }
}

impl Serialize for std::time::Duration {
    fn json(&self) -> String {
        let (secs, nanos) = (self.as_secs(), self.subsec_nanos());
        object(&[("secs", secs.json()), ("nanos", nanos.json())])
    }
}

impl<T: Serialize + ?Sized> Serialize for &T {
    fn json(&self) -> String {
        (**self).json()
    }
}

impl<T: Serialize + ?Sized> Serialize for Box<T> {
    fn json(&self) -> String {
        (**self).json()
    }
}

impl<T: Serialize> Serialize for Option<T> {
    fn json(&self) -> String {
        self.as_ref().map_or_else(|| "null".to_owned(), T::json)
    }
}

impl<T: Serialize, E: Serialize> Serialize for Result<T, E> {
    fn json(&self) -> String {
        match self {
            Ok(value) => object(&[("Ok", value.json())]),
            Err(error) => object(&[("Err", error.json())]),
        }
    }
}

impl<T: Serialize> Serialize for [T] {
    fn json(&self) -> String {
        list(self.iter().map(T::json))
    }
}

impl<T: Serialize, const N: usize> Serialize for [T; N] {
    fn json(&self) -> String {
        self.as_slice().json()
    }
}

macro_rules! sequences {
    ($($sequence:ty)*) => {$(
        impl<T: Serialize> Serialize for $sequence {
            fn json(&self) -> String {
                list(self.iter().map(T::json))
            }
        }
    )*};
}
sequences!(Vec<T> VecDeque<T> BTreeSet<T>);

impl<K: Display, V: Serialize> Serialize for BTreeMap<K, V> {
    fn json(&self) -> String {
        let field = |(key, value): (&K, &V)| format!("{}:{}", key.to_string().json(), value.json());
        let fields: Vec<_> = self.iter().map(field).collect();
        format!("{{{}}}", fields.join(","))
    }
}

macro_rules! tuples {
    ($(($($part:ident $at:tt),*))*) => {$(
        impl<$($part: Serialize),*> Serialize for ($($part,)*) {
            fn json(&self) -> String {
                list([$(self.$at.json()),*])
            }
        }
    )*};
}
tuples! {
    (A 0)
    (A 0, B 1)
    (A 0, B 1, C 2)
    (A 0, B 1, C 2, D 3)
    (A 0, B 1, C 2, D 3, E 4)
    (A 0, B 1, C 2, D 3, E 4, F 5)
}
