//! TOML read key by key: every value keeps its line, and everything that is wrong is told in a sentence of its own with
//! file, line and column.

use std::cell::RefCell;
use std::fmt::Display;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::error::{Error, Result};
use crate::suggestion;
use crate::text::{plain, shortened};

/// How much of a wrong value is told.
const LONGEST_VALUE: usize = 60;
/// A file of settings that is larger is none.
const LARGEST: u64 = 1024 * 1024;

/// A value, and the line that it stands on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed<T> {
    pub value: T,
    pub line: usize,
}

/// A file that is being read, and what is wrong with it so far.
#[derive(Debug)]
pub struct Reading {
    path: PathBuf,
    text: String,
    wrong: RefCell<Vec<(usize, String)>>,
}

/// A value as it stands in the file.
pub type Value<'t> = Spanned<DeValue<'t>>;

/// Why a value is refused, without what it is: what it should be, or a whole sentence.
#[derive(Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Fits "`key` is …".
    ShouldBe(String),
    /// At a place of its own.
    Said(Range<usize>, String),
}

impl From<&str> for Refusal {
    fn from(text: &str) -> Self {
        Self::ShouldBe(text.to_owned())
    }
}

impl From<String> for Refusal {
    fn from(text: String) -> Self {
        Self::ShouldBe(text)
    }
}

impl Reading {
    /// Opens a file.
    ///
    /// # Errors
    /// When it cannot be read, or is not text.
    pub fn open(path: &Path) -> Result<Self> {
        let failed =
            |why: &dyn Display| Error::usage(format!("{} cannot be read: {why}", path.display()));
        let metadata = fs::metadata(path).map_err(|e| failed(&e))?;
        if !metadata.is_file() {
            return Err(failed(&"it is no file"));
        }
        if metadata.len() > LARGEST {
            return Err(failed(&"it has more than 1 MiB"));
        }
        let bytes = fs::read(path).map_err(|e| failed(&e))?;
        let text = String::from_utf8(bytes).map_err(|e| failed(&e))?;
        Ok(Self::of(path, text))
    }

    pub fn of(path: &Path, text: String) -> Self {
        Self {
            path: path.to_owned(),
            text,
            wrong: RefCell::default(),
        }
    }

    /// Reads all of it; `read` takes what it knows out of the table.
    ///
    /// # Errors
    /// With everything that is wrong, a line each.
    pub fn read<T>(&self, read: impl FnOnce(&mut Table<'_>) -> T) -> Result<T> {
        let table = DeTable::parse(&self.text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            let said = error.message().replace('\n', ", ");
            Error::usage(format!("{}: {said}", self.place(at)))
        })?;
        let mut table = Table::of(self, String::new(), &table);
        let read = read(&mut table);
        drop(table);
        self.all_right().map(|()| read)
    }

    fn all_right(&self) -> Result<()> {
        let mut wrong = self.wrong.borrow_mut();
        if wrong.is_empty() {
            return Ok(());
        }
        wrong.sort();
        let lines: Vec<_> = wrong
            .iter()
            .map(|(at, said)| format!("{}: {said}", self.place(*at)))
            .collect();
        Err(Error::usage(lines.join("\n")))
    }

    /// Something is wrong at this byte.
    pub fn say(&self, at: usize, sentence: String) {
        self.wrong.borrow_mut().push((at, sentence));
    }

    /// The line of a byte, counted from 1.
    pub fn line(&self, at: usize) -> usize {
        self.before(at).matches('\n').count() + 1
    }

    fn before(&self, at: usize) -> &str {
        self.text.get(..at).unwrap_or(&self.text)
    }

    /// `grade.toml:3:9`, in characters.
    fn place(&self, at: usize) -> String {
        let before = self.before(at);
        let column = before
            .rsplit('\n')
            .next()
            .unwrap_or_default()
            .chars()
            .count()
            + 1;
        format!("{}:{}:{column}", self.path.display(), self.line(at))
    }

    /// The value as it is written, or its kind.
    fn told(&self, value: &Value<'_>) -> String {
        match value.get_ref() {
            DeValue::Array(_) => "a list".to_owned(),
            DeValue::Table(_) => "a table".to_owned(),
            _ => {
                let text = self.text.get(value.span()).unwrap_or_default();
                shortened(&plain(text), LONGEST_VALUE)
            }
        }
    }
}

/// A table whose keys are taken out one by one; what is left in the end is not known.
#[derive(Debug)]
pub struct Table<'t> {
    reading: &'t Reading,
    /// What stands before its keys in a message: `late.`, or nothing.
    name: String,
    /// Where it begins.
    at: usize,
    entries: Vec<(Range<usize>, String, Value<'t>)>,
    known: Vec<&'static str>,
}

impl<'t> Table<'t> {
    fn of(reading: &'t Reading, name: String, table: &Spanned<DeTable<'t>>) -> Self {
        let entries = table.get_ref().iter();
        let entries =
            entries.map(|(key, value)| (key.span(), key.get_ref().to_string(), value.clone()));
        Self {
            reading,
            name,
            at: table.span().start,
            entries: entries.collect(),
            known: Vec::new(),
        }
    }

    pub fn reading(&self) -> &'t Reading {
        self.reading
    }

    /// The value of a key, if it is there and as it should be.
    pub fn take<T, R: Into<Refusal>>(
        &mut self,
        key: &'static str,
        read: impl FnOnce(&Value<'t>) -> Result<T, R>,
    ) -> Option<Placed<T>> {
        let value = self.remove(key)?;
        match read(&value) {
            Ok(read) => Some(Placed {
                value: read,
                line: self.reading.line(value.span().start),
            }),
            Err(refusal) => {
                self.refuse(key, &value, refusal.into());
                None
            }
        }
    }

    /// The table under a key, if it is there.
    pub fn table(&mut self, key: &'static str) -> Option<Table<'t>> {
        let value = self.remove(key)?;
        self.inner(key, value)
    }

    /// The tables of a list under a key: none where it is not there.
    pub fn list(&mut self, key: &'static str) -> Vec<Table<'t>> {
        let Some(value) = self.remove(key) else {
            return Vec::new();
        };
        let Some(items) = value.get_ref().as_array() else {
            self.refuse(key, &value, format!("a list of tables, [[{key}]]").into());
            return Vec::new();
        };
        let items = items.iter().cloned();
        items.filter_map(|item| self.inner(key, item)).collect()
    }

    /// All that is left, each as it should be: for keys that a user chooses.
    pub fn values<T>(
        mut self,
        read: impl Fn(&Value<'t>) -> Result<T, &'static str>,
    ) -> Vec<(String, T)> {
        let entries = std::mem::take(&mut self.entries);
        let values = entries
            .into_iter()
            .filter_map(|(_, key, value)| match read(&value) {
                Ok(read) => Some((key, read)),
                Err(refusal) => {
                    self.refuse(&key, &value, refusal.into());
                    None
                }
            });
        values.collect()
    }

    /// Whether something stands under a key.
    pub fn has(&self, key: &str) -> bool {
        self.entries.iter().any(|(_, name, _)| name == key)
    }

    /// Something is wrong with the table as a whole.
    pub fn say(&self, sentence: &str) {
        self.reading
            .say(self.at, format!("{} {sentence}", self.title()));
    }

    fn title(&self) -> String {
        format!("`{}`", self.name.trim_end_matches('.'))
    }

    /// All that is left, each a table: for keys that a user chooses. With the place of each key.
    pub fn tables(mut self) -> Vec<(usize, String, Table<'t>)> {
        let entries = std::mem::take(&mut self.entries);
        let inner = entries.into_iter().filter_map(|(at, key, value)| {
            let table = self.inner(&key, value)?;
            Some((at.start, key, table))
        });
        inner.collect()
    }

    fn inner(&self, key: &str, value: Value<'t>) -> Option<Table<'t>> {
        let span = value.span();
        match value.into_inner() {
            DeValue::Table(table) => {
                let table = Spanned::new(span, table);
                let name = format!("{}{key}.", self.name);
                Some(Table::of(self.reading, name, &table))
            }
            other => {
                let value = Spanned::new(span, other);
                self.refuse(key, &value, "a table".into());
                None
            }
        }
    }

    fn remove(&mut self, key: &'static str) -> Option<Value<'t>> {
        self.known.push(key);
        let at = self.entries.iter().position(|(_, name, _)| name == key)?;
        Some(self.entries.remove(at).2)
    }

    fn refuse(&self, key: &str, value: &Value<'_>, refusal: Refusal) {
        match refusal {
            Refusal::ShouldBe(what) => {
                let told = self.reading.told(value);
                let sentence = format!("`{}{key}` is {what}, not {told}", self.name);
                self.reading.say(value.span().start, sentence);
            }
            Refusal::Said(at, sentence) => self.reading.say(at.start, sentence),
        }
    }
}

/// What nobody took is refused.
impl Drop for Table<'_> {
    fn drop(&mut self) {
        for (at, key, _) in &self.entries {
            let known = || self.known.iter().copied();
            let hint = suggestion::nearest(key, known()).map_or_else(
                || format!("there are {}", known().collect::<Vec<_>>().join(", ")),
                |near| format!("did you mean `{near}`?"),
            );
            let key = shortened(&plain(key), LONGEST_VALUE);
            let sentence = format!("there is no key `{}{key}`; {hint}", self.name);
            self.reading.say(at.start, sentence);
        }
    }
}

/// A whole number in a range.
pub fn number<T>(least: T, most: T) -> impl FnOnce(&Value<'_>) -> Result<T, String>
where
    T: TryFrom<u64> + PartialOrd + Display,
{
    move |value| {
        let integer = value.get_ref().as_integer();
        let read = integer.and_then(|i| u64::from_str_radix(i.as_str(), i.radix()).ok());
        let read = read.and_then(|number| T::try_from(number).ok());
        read.filter(|number| least <= *number && *number <= most)
            .ok_or_else(|| format!("a whole number from {least} to {most}"))
    }
}

pub fn yes_or_no(value: &Value<'_>) -> Result<bool, &'static str> {
    value.get_ref().as_bool().ok_or("true or false")
}

pub fn text(value: &Value<'_>) -> Result<String, &'static str> {
    let text = value.get_ref().as_str().filter(|text| !text.is_empty());
    text.map(str::to_owned).ok_or("a text")
}

/// A text, or a date, that `T` is read from; `shape` says what it looks like.
pub fn parsed<T: std::str::FromStr>(
    shape: &'static str,
) -> impl FnOnce(&Value<'_>) -> Result<T, &'static str> {
    move |value| {
        let text = match value.get_ref() {
            DeValue::Datetime(moment) => moment.to_string(),
            DeValue::String(text) => text.to_string(),
            _ => return Err(shape),
        };
        text.parse().map_err(|_| shape)
    }
}

/// Texts, at least one, each with its place.
pub fn texts(value: &Value<'_>) -> Result<Vec<(usize, String)>, &'static str> {
    let shape = "a list of texts, at least one";
    let list = value.get_ref().as_array().ok_or(shape)?;
    let texts = list
        .iter()
        .map(|value| Ok((value.span().start, text(value).map_err(|_| shape)?)));
    let texts = texts.collect::<Result<Vec<_>, &'static str>>()?;
    if texts.is_empty() {
        Err(shape)
    } else {
        Ok(texts)
    }
}
