//! The cache: whose it may be, what is built in it, what becomes of a damaged one and of a full disk.

mod a_full_disk;
mod a_read_only_cache;
mod an_entry;
mod the_folder;
mod what_is_in_it;
