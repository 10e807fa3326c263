# cpc_embed(TARGET FUNCTION DIR FILES...): compiles the files, named relative to DIR, into TARGET as text that
# cpc::FUNCTION() lists (src/data/embedded.h).
function(cpc_embed target function dir)
  set(generated ${CMAKE_CURRENT_BINARY_DIR}/${function}.cpp)
  list(TRANSFORM ARGN PREPEND ${dir}/ OUTPUT_VARIABLE paths)
  list(JOIN ARGN "|" names)
  add_custom_command(OUTPUT ${generated}
    COMMAND ${CMAKE_COMMAND} -DDIR=${dir} "-DNAMES=${names}" -DOUT=${generated} -DFUNCTION=${function}
            -P ${PROJECT_SOURCE_DIR}/cmake/write_embedded.cmake
    DEPENDS ${paths} ${PROJECT_SOURCE_DIR}/cmake/write_embedded.cmake
    COMMENT "Embedding data files: ${function}" VERBATIM)
  target_sources(${target} PRIVATE ${generated})
endfunction()
